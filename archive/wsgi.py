import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()
# What is loaded by now stays loaded: freezing it saves the garbage collector 100 ms on
# every full collection.
gc.freeze()
