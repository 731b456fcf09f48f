"""Dates must lie between the years 1000 and 2200.

The new rules hold for whatever is written from now on. They are not checked against
stored rows, so that an archive with such a date upgrades; its index leaves no record
out, and the date must be put right when the record is next saved.
"""

import archive.core.dates
import datetime
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0005_dates_a_source_can_bear'),
        ('statements', '0004_texts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='role',
            name='role_days',
        ),
        migrations.RemoveConstraint(
            model_name='statement',
            name='statement_days',
        ),
        migrations.AlterField(
            model_name='role',
            name='end',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='role',
            name='known_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='known on'),
        ),
        migrations.AlterField(
            model_name='role',
            name='start',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='from'),
        ),
        migrations.AlterField(
            model_name='roleevent',
            name='end',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='until'),
        ),
        migrations.AlterField(
            model_name='roleevent',
            name='known_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='known on'),
        ),
        migrations.AlterField(
            model_name='roleevent',
            name='start',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='from'),
        ),
        migrations.AlterField(
            model_name='statement',
            name='said_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='said on'),
        ),
        migrations.AlterField(
            model_name='statementevent',
            name='said_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='said on'),
        ),
        AddConstraintNotValid(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('start__isnull', True), ('start__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), models.Q(('end__isnull', True), ('end__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), models.Q(('known_on__isnull', True), ('known_on__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR')), name='role_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
        AddConstraintNotValid(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('said_on__isnull', True), ('said_on__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), name='statement_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
    ]
