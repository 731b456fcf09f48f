"""Dates must lie between the years 1000 and 2200.

The new rules hold for whatever is written from now on. They are not checked against
stored rows, so that an archive with such a date upgrades; its index leaves no record
out, and the date must be put right when the record is next saved.
"""

import archive.core.dates
import datetime
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0005_dates_a_source_can_bear'),
        ('policies', '0006_turn_permissions'),
        ('statements', '0005_dates_a_source_can_bear'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='check',
            name='check_days',
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='position_days',
        ),
        migrations.RemoveConstraint(
            model_name='proposallist',
            name='list_days',
        ),
        migrations.AlterField(
            model_name='check',
            name='checked_on',
            field=models.DateField(validators=[archive.core.dates.near], verbose_name='checked on'),
        ),
        migrations.AlterField(
            model_name='checkevent',
            name='checked_on',
            field=models.DateField(validators=[archive.core.dates.near], verbose_name='checked on'),
        ),
        migrations.AlterField(
            model_name='position',
            name='held_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='held on'),
        ),
        migrations.AlterField(
            model_name='positionevent',
            name='held_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='held on'),
        ),
        migrations.AlterField(
            model_name='proposallist',
            name='issued_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='issued on'),
        ),
        migrations.AlterField(
            model_name='proposallistevent',
            name='issued_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='issued on'),
        ),
        AddConstraintNotValid(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('checked_on__isnull', True), ('checked_on__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), name='check_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
        AddConstraintNotValid(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('held_on__isnull', True), ('held_on__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), name='position_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
        AddConstraintNotValid(
            model_name='proposallist',
            constraint=models.CheckConstraint(condition=models.Q(('issued_on__isnull', True), ('issued_on__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), name='list_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
    ]
