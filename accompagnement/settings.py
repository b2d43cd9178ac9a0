"""Settings, read from the environment; every default serves a machine where nothing was prepared."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from accompagnement import identity_providers

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
NO = ("false", "off", "no", "n", "0")

DEVELOPMENT_KEY = "development-only-never-in-production"


def truth(name: str, *, default: bool) -> bool:
    """Raises ``ImproperlyConfigured`` for a word that is neither: « oui » would open what production closes."""
    said = env.str(name, default="").strip().lower()
    if said not in ("", *env.BOOLEAN_TRUE_STRINGS, *NO):
        raise environ.ImproperlyConfigured(f"{name} is neither true nor false: {said}.")
    return said in env.BOOLEAN_TRUE_STRINGS if said else default


PRODUCTION = truth("ACCOMPAGNEMENT_PRODUCTION", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_KEY)
# Former keys, while what they sealed or signed still serves (docs/decisions/0051).
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = truth("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "simple_history",
    "accompagnement",
    "people",
    "programs",
    "mentoring",
    "guidelines",
    "reports",
    "exchange",
]

MIDDLEWARE = [
    "accompagnement.operations.observed.ObservedMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    # Around whatever asks the database.
    "people.wall.middleware.WallMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Before whatever may answer in place of a view.
    "people.middleware.PersonalPagesMiddleware",
    "accompagnement.middleware.ChosenLanguageMiddleware",
    "people.middleware.IdleLockMiddleware",
    # What a look does not open is refused before anything typed is kept or given back.
    "people.looking.LookGuardMiddleware",
    "people.middleware.SecondFactorMiddleware",
    "people.middleware.EntryMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "people.middleware.BoardTimeMiddleware",
    "people.middleware.OpenedFilesMiddleware",
    "accompagnement.middleware.RefusedFormMiddleware",
    # Last: around the view alone.
    "people.looking.LookMiddleware",
]

ROOT_URLCONF = "accompagnement.urls"
WSGI_APPLICATION = "accompagnement.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accompagnement.navigation.navigation",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database: the record. SQLite serves one school or a demonstration; PostgreSQL everything else.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Compiling a statement costs more than any of ours takes to run (measured: half of an evaluation's time).
    # A kept plan (people.prepared_statements) is for one dyad or group at a time: any will do, and planning anew is
    # what it saves.
    options = {"options": "-c jit=off -c plan_cache_mode=force_generic_plan", **DATABASES["default"].get("OPTIONS", {})}
    # A server that vanished without a word is given up in seconds: whoever waits is told, and asks again.
    options = {"connect_timeout": 5, "keepalives_idle": 30, "tcp_user_timeout": 30_000, **options}
    from people.wall.driver import WalledCursor

    options["cursor_factory"] = WalledCursor
    DATABASES["default"].update({"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options})
    # Behind PgBouncer in transaction mode: nothing may outlive a transaction on the server's side.
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = truth("DATABASE_IS_POOLED", default=False)
# The role under which PostgreSQL shows a request the rows of one board (docs/decisions/0055); empty: no second wall.
DATABASE_WALL_ROLE = env.str("DATABASE_WALL_ROLE", default="accompagnement_walled")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://accompagnement")}

# Tasks: the broker is a doorbell. Without a URL, a folder serves as one.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="filesystem://")
if CELERY_BROKER_URL == "filesystem://":
    BROKER_DIR = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "processed_folder": str(BROKER_DIR / "processed"),
        "store_processed": False,
    }
    for folder in ("messages", "control", "processed"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "America/Toronto"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")

SILENCED_SYSTEM_CHECKS: list[str] = []

# Sign-in
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.adapter.ClosedAccountAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "people.tokens.ResetTokens"  # noqa: S105 (the name of a class)
ACCOUNT_FORMS = {
    "login": "accompagnement.auth_forms.SignInForm",
    "reset_password": "accompagnement.auth_forms.ForgottenForm",
    "reset_password_from_key": "accompagnement.auth_forms.NewPasswordForm",
    "change_password": "accompagnement.auth_forms.PasswordForm",
    "reauthenticate": "accompagnement.auth_forms.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# Counted in the cache, which several web processes share. A whole school comes in by one address on a Monday morning:
# an account is guarded more closely than an address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
# How many proxies stand before the server: the address that counts is the one that the first of them saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
PROVIDERS = identity_providers.providers(env)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": PROVIDERS, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_ADAPTER = "people.provider_adapter.KnownPeopleAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
# A board says of which roles a second factor is asked. A demonstration asks it of nobody.
SECOND_FACTOR_ENFORCED = truth("SECOND_FACTOR_ENFORCED", default=PRODUCTION)
MFA_ADAPTER = "people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Accompagnement"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accompagnement.auth_forms.CodeForm",
    "reauthenticate": "accompagnement.auth_forms.CodeAgainForm",
    "activate_totp": "accompagnement.auth_forms.FirstCodeForm",
    "add_webauthn": "accompagnement.auth_forms.KeyForm",
    "edit_webauthn": "accompagnement.auth_forms.KeyNameForm",
}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A session ends after so long without a page asked for nor anything typed.
IDLE_LOCK_SECONDS = env.int("IDLE_LOCK_SECONDS", default=15 * 60)

# What a program may ask with one token; counted in the cache, which several workers then share.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=120)

# Headers
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accompagnement.errors.csrf_failure"
SECURE_SSL_REDIRECT = PRODUCTION
# Asked by a supervisor of the same machine, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^sante/", r"^mesures/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
# Not « no-referrer »: browsers then post forms with « Origin: null », which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *identity_providers.origins(PROVIDERS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "display-capture")
}

# Language: the French text is the source; fr-ca, with our own formats, since Django's are wrong.
LANGUAGE_CODE = "fr-ca"
LANGUAGES = [("fr-ca", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["accompagnement.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"
USE_THOUSAND_SEPARATOR = True

# A file that is too large is dropped while it comes in.
FILE_UPLOAD_HANDLERS = [
    "exchange.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Hashed names once collected (demo, production); straight from the sources otherwise.
COLLECTED = truth("STATIC_COLLECTED", default=PRODUCTION)
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A mail server that falls silent must not hold a worker.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
# Where the links of an e-mail lead.
PUBLIC_URL = env.str("PUBLIC_URL", default="http://localhost:8000")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="accompagnement@localhost")

# Backups: the public keys (age) of those who may read them, and a command that takes them away, with {file} in it.
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_SEND = env.str("BACKUP_SEND", default="")

# Watching
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_SHARED = bool(env.str("PROMETHEUS_MULTIPROC_DIR", default=""))
SENTRY_DSN = env.str("SENTRY_DSN", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name} {message}", "style": "{"},
        "json": {"()": "accompagnement.operations.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if truth("LOG_JSON", default=PRODUCTION) else "line",
        }
    },
    "loggers": {"weasyprint": {"level": "ERROR"}},  # it quotes, letter by letter, the names that no font has
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")},
}
