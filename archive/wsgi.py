import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

application = get_wsgi_application()
# what is loaded now stays: the collector need not look through it, 100 ms each time,
# again and again
gc.freeze()
