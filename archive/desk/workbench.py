"""The workbench of an article: its text, and every suggestion and record in it."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from archive.models import Article


def workbench(request: HttpRequest, uid: str) -> HttpResponse:
    article = get_object_or_404(Article, uid=uid)
    if not admin.site.get_model_admin(Article).has_view_permission(request, article):
        raise PermissionDenied
    context = {**admin.site.each_context(request), "title": str(article)}
    return TemplateResponse(request, "admin/desk/workbench.html", context)
