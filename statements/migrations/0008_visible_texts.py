"""Names, titles and notes hold no characters that nobody sees."""

from django.db import migrations, models

from archive.migrations._visible import texts_made_visible


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0009_visible_texts'),
        ('statements', '0007_names_in_order'),
    ]

    operations = [
        texts_made_visible(
            'statements', speaker="name sort_name other_names summary", role="title organization",
            statement="attribution occasion context marks_exception",
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('organization__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='role_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('sort_name__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('other_names__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('summary__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='speaker_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attribution__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('occasion__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('context__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('marks_exception__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='statement_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
    ]
