"""Django's settings. A deployment changes them by environment variables (README,
Configuration).
"""

import datetime as dt
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pghistory

from archive.setup.mail import mail_settings
from archive.setup.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("ON_RECORD_DATA") or BASE_DIR / "var").resolve()
HTTPS = os.environ.get("ON_RECORD_HTTPS") == "1"

# how many proxies stand before the archive; 0: one if HTTPS, else none
PROXIES = int(os.environ.get("ON_RECORD_PROXIES") or 0)

DEBUG = os.environ.get("ON_RECORD_DEBUG") == "1"
SECRET_KEY = os.environ.get("ON_RECORD_SECRET_KEY") or secret_key(DATA_DIR)
ALLOWED_HOSTS = [
    name.strip()
    for name in os.environ.get("ON_RECORD_HOSTS", "localhost,127.0.0.1,[::1]").split(
        ","
    )
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "archive",
    "statements",
    "policies",
    "archive.pages.editors.apps.EditingConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "axes",
]

MIDDLEWARE = [
    "archive.pages.headers.headers",
    "archive.data.http.api",
    "archive.pages.costly.limited",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "archive.pages.theme.vary",
    "django.middleware.common.CommonMiddleware",
    "archive.pages.conditional.conditional",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "archive.serving.indexing.after_writes",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.pages.theme.chosen",
            ],
        },
    },
]

_url = urlsplit(os.environ.get("DATABASE_URL", ""))
_query = dict(parse_qsl(_url.query))
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(_url.path[1:]),
        "USER": unquote(_url.username or ""),
        "PASSWORD": unquote(_url.password or ""),
        "HOST": _query.pop("host", None) or _url.hostname or "",
        "PORT": str(_url.port or _query.pop("port", "")),
        # The pool checks a connection before handing it out, so that no request gets
        # a dead one after an outage.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Set on the connection, so that pgtrigger need not catch an error for every
            # row of a bulk write.
            "options": "-c pgtrigger.ignore={}",
            # A server thread need not wait for a connection: the gateway has 11 threads
            # (archive.serving.lanes), and one more follows the change log. While the
            # database is away the pool must not wait longer and longer before it tries
            # again.
            "pool": {
                "min_size": 1,
                "max_size": 12,
                "timeout": 2,
                "reconnect_timeout": 1,
            },
            **_query,
        },
    },
}

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
] + [{"NAME": "archive.editing.common_passwords.NoCommonBeginning"}]

PASSWORD_RESET_TIMEOUT = (
    3 * 24 * 3600
)  # of the longest link (archive.editing.password_links)

SEARCH_DIR = DATA_DIR / "search"
CARDS_DIR = DATA_DIR / "cards"
SEARCH_MENDS = (
    os.environ.get("ON_RECORD_TESTING") != "1"
)  # a process that finds no index starts a rebuild

# Who runs this copy, as the about page says, and the licence for their own wording.
OPERATOR = os.environ.get("ON_RECORD_OPERATOR", "").strip()
CONTACT = os.environ.get("ON_RECORD_CONTACT", "").strip()
LICENCE = os.environ.get(
    "ON_RECORD_LICENCE", "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
).strip()

# Mail: alerts, new passwords and invitations. Without it none of them is offered.
_mail = mail_settings(os.environ.get("ON_RECORD_SMTP", "").strip())
MAIL_IS_ON = bool(_mail)
globals().update(_mail)
# the address of the site in mails, which no request names
SITE = os.environ.get("ON_RECORD_SITE", "").strip().rstrip("/") or (
    f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
)

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True  # in templates; use `unlocalize` in URLs and attributes
FORMS_URLFIELD_ASSUME_HTTPS = True

# After ten wrong passwords for one account from one IP address, logins are blocked for
# fifteen minutes.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

DATA_UPLOAD_MAX_MEMORY_SIZE = (
    5 * 2**20
)  # the longest form: a pasted text of a megabyte must fit

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Pages name files by hash only, and compressing each file takes most of collectstatic.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# collectstatic has not run in either case
if DEBUG or os.environ.get("ON_RECORD_TESTING") == "1":
    STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    WHITENOISE_USE_FINDERS = True

CSRF_FAILURE_VIEW = "archive.pages.reports.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_APPEND_ONLY = True
