from django.contrib.admin.apps import AdminConfig


class EditingConfig(AdminConfig):
    default_site = "archive.pages.editors.site.EditorsSite"
