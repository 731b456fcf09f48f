"""The application for granian: Django behind the gateway that gives each kind of
request threads of its own.
"""

from archive.pages.headers import COMMON
from archive.serving.gateway import Gateway
from archive.wsgi import application as django

application = Gateway(django, COMMON)
