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
        ('archive', '0004_compute_ranges'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='article',
            name='article_days',
        ),
        migrations.RemoveConstraint(
            model_name='correction',
            name='correction_days',
        ),
        migrations.AlterField(
            model_name='article',
            name='published_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='published on'),
        ),
        migrations.AlterField(
            model_name='articleevent',
            name='published_on',
            field=models.DateField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='published on'),
        ),
        migrations.AlterField(
            model_name='articleversion',
            name='retrieved_at',
            field=models.DateTimeField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='retrieved at'),
        ),
        migrations.AlterField(
            model_name='articleversionevent',
            name='retrieved_at',
            field=models.DateTimeField(blank=True, null=True, validators=[archive.core.dates.near], verbose_name='retrieved at'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='date',
            field=models.DateField(validators=[archive.core.dates.near], verbose_name='date'),
        ),
        migrations.AlterField(
            model_name='correctionevent',
            name='date',
            field=models.DateField(validators=[archive.core.dates.near], verbose_name='date'),
        ),
        AddConstraintNotValid(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('published_on__isnull', True), ('published_on__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), name='article_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
        AddConstraintNotValid(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('retrieved_at__isnull', True), ('retrieved_at__range', (datetime.datetime(1000, 1, 1, 0, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2200, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), _connector='OR'), name='version_times', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
        AddConstraintNotValid(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('date__isnull', True), ('date__range', (datetime.date(1000, 1, 1), datetime.date(2200, 1, 1))), _connector='OR'), name='correction_days', violation_error_message='The date must be between the years 1000 and 2200.'),
        ),
    ]
