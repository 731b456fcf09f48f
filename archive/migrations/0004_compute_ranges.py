"""Stores the ranges of quotation marks of every version there is.

It uses the rule of the code that runs it, and not a frozen copy: each row carries the
number of the rule that made it, and `verify` compares the rows with the rule of the day.
"""

from django.db import migrations

from archive.extraction.quotation_ranges import RULE, ranges


def compute(apps, schema_editor):
    versions = apps.get_model("archive", "ArticleVersion").objects.all()
    QuotationRange = apps.get_model("archive", "QuotationRange")
    for version in versions.order_by("pk").iterator(chunk_size=20):
        QuotationRange.objects.bulk_create(
            QuotationRange(version=version, start=start, end=end, rule=RULE)
            for start, end in ranges(version.text)
        )


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_quotation_ranges")]
    operations = [migrations.RunPython(compute, migrations.RunPython.noop)]
