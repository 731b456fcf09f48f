"""Reports from readers, and what each group may do with them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from archive.core.roles import make_groups


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0003_search'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(blank=True, max_length=50, verbose_name='kind of record')),
                ('record_uid', models.CharField(blank=True, max_length=10, verbose_name='record')),
                ('note', models.CharField(max_length=5000, verbose_name='what is wrong')),
                ('source', models.CharField(blank=True, max_length=1000, verbose_name='how the reader knows')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail for an answer')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), db_index=True, editable=False, verbose_name='sent')),
                ('state', models.CharField(choices=[('new', 'New'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='new', max_length=8, verbose_name='state')),
                ('answer', models.TextField(blank=True, help_text='Why you accept or decline it. For the editors; to answer the reader, write to the address above.', verbose_name='answer')),
                ('handled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
            ],
            options={
                'verbose_name': 'reader’s report',
                'verbose_name_plural': 'reports from readers',
                'ordering': ['-created_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('note__regex', '\\S')), name='report_note', violation_error_message='This must not be empty.'), models.CheckConstraint(condition=models.Q(('state__in', ['new', 'accepted', 'declined'])), name='report_state'), models.CheckConstraint(condition=models.Q(models.Q(('record_uid', ''), ('table', '')), models.Q(models.Q(('table', ''), _negated=True), models.Q(('record_uid', ''), _negated=True)), _connector='OR'), name='report_record'), models.CheckConstraint(condition=models.Q(models.Q(('handled_by', None), ('state', 'new')), models.Q(models.Q(('state', 'new'), _negated=True), ('handled_by__isnull', False)), _connector='OR'), name='report_handled')],
            },
        ),
        migrations.RunPython(lambda apps, schema_editor: make_groups(apps), migrations.RunPython.noop),
    ]
