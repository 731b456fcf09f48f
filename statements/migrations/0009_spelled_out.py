"""Names with an apostrophe inside are found without it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0011_spelled_out'),
        ('statements', '0008_visible_texts'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='speaker',
            name='speaker_words',
        ),
        migrations.RemoveIndex(
            model_name='statement',
            name='statement_words',
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(models.Func(models.F('name'), function='archive_spelled_out'), models.Func(models.F('other_names'), function='archive_spelled_out'), config='archive'), name='speaker_words'),
        ),
        migrations.AddIndex(
            model_name='statement',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector(models.Func(models.F('text'), function='archive_spelled_out'), models.Func(models.F('context'), function='archive_spelled_out'), models.Func(models.F('occasion'), function='archive_spelled_out'), config='archive'), name='statement_words'),
        ),
    ]
