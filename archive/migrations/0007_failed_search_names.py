from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0006_plain_messages'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='failedsearch',
            name='failed_search_once',
        ),
        migrations.RenameField(
            model_name='failedsearch',
            old_name='place',
            new_name='list_name',
        ),
        migrations.RenameField(
            model_name='failedsearch',
            old_name='number',
            new_name='count',
        ),
        migrations.AddConstraint(
            model_name='failedsearch',
            constraint=models.UniqueConstraint(fields=('list_name', 'words'), name='failed_search_once'),
        ),
    ]
