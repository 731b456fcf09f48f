import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

from archive.core import roles


def make_account(name, group=None, password=None, **fields):
    if not Group.objects.exists():  # a test that flushes the database deletes them
        roles.make_groups(apps)
    account = User.objects.create_user(name, password=password, is_staff=True, **fields)
    if group:
        account.groups.add(Group.objects.get(name=group))
    return account


def signed_in(account):
    client = Client()
    client.force_login(account)
    client.account = account
    return client


@pytest.fixture
def contributor():
    return signed_in(make_account("Cleo", roles.CONTRIBUTOR))


@pytest.fixture
def editor():
    return signed_in(make_account("Edda", roles.EDITOR))


@pytest.fixture
def second():
    return signed_in(make_account("Sean", roles.EDITOR))


@pytest.fixture
def administrator():
    return signed_in(make_account("Ada", roles.ADMINISTRATOR))
