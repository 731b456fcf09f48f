"""Names, titles and notes hold no characters that nobody sees."""

from django.db import migrations, models

from archive.migrations._visible import texts_made_visible


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0008_names_in_order'),
    ]

    operations = [
        texts_made_visible(
            'archive', outlet="name", topic="name", article="headline byline date_note summary", correction="note",
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('headline__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('byline__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('date_note__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), models.Q(('summary__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True)), name='article_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('note__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), name='correction_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), name='outlet_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb]|(^|[\\u0001-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d]([\\u0001-\\u024f]|$)'), _negated=True), name='topic_visible', violation_error_message='This holds invisible characters, such as direction marks. Type it anew.'),
        ),
    ]
