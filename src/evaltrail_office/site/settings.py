"""Django settings. Every site's own choice comes from the environment; docs/how-to/run-the-office.md lists them."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

import dj_database_url
import font_source_sans_pro
import font_source_serif_pro
from csp.constants import NONE, SELF

from evaltrail_office.site.data import data_folder, secret_key
from evaltrail_office.site.environment import SettingFault, all_or_none, choice, dotted, flag, number, text
from evaltrail_office.site.logs import logging_settings

DATA = data_folder()

SECRET_KEY = secret_key(DATA)
DEBUG = flag("EVALTRAIL_DEBUG")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *text("EVALTRAIL_HOSTS").split()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Before allauth, whose pages it replaces by its own.
    "evaltrail_office.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "evaltrail_office.journal",
    "evaltrail_office.jobs",
    "django_tasks",
    "evaltrail_office.shelf",
    "evaltrail_office.evaluations",
    "evaltrail_office.intake",
    "evaltrail_office.follow_up",
    "evaltrail_office.papers",
    "evaltrail_office.api",
    "evaltrail_office.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Around all that may break, so that its line says how it ended.
    "evaltrail_office.site.logs.logged",
    "csp.middleware.CSPMiddleware",
    "evaltrail_office.api.middleware.problems",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "evaltrail_office.accounts.middleware.not_set_up",
    # A page without a sign-in is the exception, and says so itself.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "evaltrail_office.accounts.middleware.own_language",
    "evaltrail_office.accounts.middleware.idle_end",
    "evaltrail_office.accounts.middleware.own_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "evaltrail_office.site.urls"
WSGI_APPLICATION = "evaltrail_office.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evaltrail_office.site.context.office",
            ]
        },
    }
]

# SQLite in the data folder, or what DATABASE_URL names (postgresql://…).
try:
    DATABASES = {
        "default": dj_database_url.config(default=f"sqlite:///{DATA / 'office.sqlite3'}", conn_max_age=60, conn_health_checks=True)
    }
except ValueError as fault:
    raise SettingFault("DATABASE_URL names no database; it looks like postgresql://person:password@host:5432/office") from fault
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets pages be read while something is written. A transaction takes the write lock when it begins,
    # because one that takes it later fails at once if another has written meanwhile.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
# Shared by all processes, because what limits the rate of sign-ins is counted in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
# Jobs wait in the office's own table, unless a site names another backend of Django Tasks.
TASKS = {"default": {"BACKEND": dotted("EVALTRAIL_TASKS", "evaltrail_office.jobs.tasks.LeasedTable")}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "evaltrail_office.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "evaltrail_office.accounts.forms_sign_in.SignIn",
    "reset_password": "evaltrail_office.accounts.forms_sign_in.ForgottenPassword",
    "reset_password_from_key": "evaltrail_office.accounts.forms_sign_in.NewPasswordFromLink",
    "change_password": "evaltrail_office.accounts.forms_sign_in.ChangedPassword",
    "set_password": "evaltrail_office.accounts.forms_sign_in.FirstPassword",
    "reauthenticate": "evaltrail_office.accounts.forms_sign_in.Again",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An address is the one that an administrator invited, so there is nothing to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Evaltrail: "
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Evaltrail"
# A clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# How many proxies in front of the office tell the address of who asks; 0: whoever asks could tell anything.
ALLAUTH_TRUSTED_PROXY_COUNT = number("EVALTRAIL_PROXIES", 0, most=9)

# Signing in at a service of the organisation's own, where the environment names one. It makes no accounts: see SocialAdapter.
OIDC_URL = text("EVALTRAIL_OIDC_URL").rstrip("/")
OIDC_TRUST_EMAIL = flag("EVALTRAIL_OIDC_TRUST_EMAIL")
SOCIALACCOUNT_ADAPTER = "evaltrail_office.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if all_or_none("EVALTRAIL_OIDC_URL", "EVALTRAIL_OIDC_CLIENT", "EVALTRAIL_OIDC_SECRET"):
    if not OIDC_URL.startswith(("https://", "http://localhost", "http://127.0.0.1")):
        raise SettingFault(f"EVALTRAIL_OIDC_URL is {OIDC_URL!r}; it begins with https://")
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "own",
                    "name": text("EVALTRAIL_OIDC_NAME", "single sign-on"),
                    "client_id": text("EVALTRAIL_OIDC_CLIENT"),
                    "secret": text("EVALTRAIL_OIDC_SECRET"),
                    "settings": {"server_url": OIDC_URL},
                }
            ],
        }
    }

# A session ends with the browser, and when nothing was asked for that long.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = 60 * number("EVALTRAIL_IDLE_MINUTES", 240, least=1, most=10_080)
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True

# Under which address people reach the office, for links in mail; without it mail names what it is about and links nowhere.
OFFICE_URL = text("EVALTRAIL_URL").rstrip("/")
if OFFICE_URL and not OFFICE_URL.startswith(("https://", "http://")):
    raise SettingFault(f"EVALTRAIL_URL is {OFFICE_URL!r}; it begins with https://")

# Mail is written on the terminal until a server for it is named.
EMAIL_HOST = text("EVALTRAIL_SMTP_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = number("EVALTRAIL_SMTP_PORT", 587, least=1, most=65_535)
EMAIL_HOST_USER = text("EVALTRAIL_SMTP_USER")
EMAIL_HOST_PASSWORD = text("EVALTRAIL_SMTP_PASSWORD")
_SMTP_TLS = choice("EVALTRAIL_SMTP_TLS", ("starttls", "tls", "none"), "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_TLS == "starttls", _SMTP_TLS == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("EVALTRAIL_MAIL_FROM", "evaltrail@localhost")

LOGGING = logging_settings(choice("EVALTRAIL_LOG", ("faults", "json"), "faults"))

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
TIME_ZONE = text("EVALTRAIL_TIME_ZONE", "UTC")
if TIME_ZONE not in available_timezones():
    raise SettingFault(f"EVALTRAIL_TIME_ZONE is {TIME_ZONE!r}; it can be the name of a time zone: Europe/Paris")
USE_TZ = True

# WhiteNoise serves static files from where they are installed, so there is no step to collect them.
STATIC_URL = "static/"
STATICFILES_DIRS = [
    ("fonts", Path(font_source_serif_pro.__file__).parent / "files"),
    ("fonts", Path(font_source_sans_pro.__file__).parent / "files"),
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".ttf": "font/ttf"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "script-src": [SELF],
        "connect-src": [SELF],
        # Signing in elsewhere begins with a form of this office, which is sent on to there.
        "form-action": [SELF, *(["/".join(OIDC_URL.split("/")[:3])] if OIDC_URL else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A folder may hold hundreds of papers; each has a limit of its own, in bytes.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
UPLOAD_BYTES = number("EVALTRAIL_UPLOAD_MB", 200, least=1, most=10_000) << 20
# A file that shows that an action was done.
PROOF_BYTES = number("EVALTRAIL_PROOF_MB", 50, least=1, most=10_000) << 20
# The template of papers that are written here; without it a folder "house" in the data folder, else papers are plain.
HOUSE = text("EVALTRAIL_HOUSE")
# Processes that evaltrail serve starts to do jobs; 0 where they are started elsewhere.
WORKERS = number("EVALTRAIL_WORKERS", 1, most=64)
# Requests of one token.
API_A_MINUTE = number("EVALTRAIL_API_A_MINUTE", 600, least=1, most=1_000_000)

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if flag("EVALTRAIL_HTTPS"):
    # Behind a proxy that ends TLS and sets this header itself.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True
