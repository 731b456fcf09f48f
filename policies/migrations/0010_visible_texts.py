"""Names, titles and notes hold no characters that nobody sees."""

from django.conf import settings
from django.db import migrations, models

from archive.migrations._visible import texts_made_visible


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0009_visible_texts'),
        ('policies', '0009_readable_addresses'),
        ('statements', '0008_visible_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        texts_made_visible(
            'policies', proposallist="title introduction", proposal="title outcome", proposalidentifier="scheme identifier",
            position="body conditions rationale", check="where",
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(('where__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), name='check_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('conditions__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('rationale__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='position_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='proposal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('outcome__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='proposal_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='proposalidentifier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scheme__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('identifier__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='proposal_identifier_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='proposallist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('introduction__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='list_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
    ]
