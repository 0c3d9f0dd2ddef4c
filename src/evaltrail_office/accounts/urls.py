"""Addresses of accounts: signing in, the first run, people, units, roles, one's own settings."""

from allauth.account import views as signing_in
from allauth.socialaccount import views as elsewhere
from django.urls import include, path, re_path

from evaltrail_office.accounts.views import first_run, grants, own, people, units

urlpatterns = [
    path("set-up/<str:token>/", first_run.set_up_office, name="set-up"),
    path("first-run/", first_run.first_run, name="first-run"),
    path("invitation/<str:token>/", people.invitation, name="invitation"),
    path("people/", people.people_list, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<str:key>/", people.person, name="person"),
    path("people/<str:key>/end/", people.end, name="person-end"),
    path("people/<str:key>/reopen/", people.reopen, name="person-reopen"),
    path("people/<str:key>/invitation/", people.invite_again, name="person-invite-again"),
    path("people/<str:key>/administrator/", people.administrator, name="person-administrator"),
    path("people/<str:key>/second-factor/", people.remove_second_factor, name="person-second-factor"),
    path("units/", units.unit_list, name="units"),
    path("units/new/", units.unit, name="unit-new"),
    path("units/<str:key>/", units.unit, name="unit"),
    path("roles/", grants.office_roles, name="roles"),
    path("roles/<int:number>/withdraw/", grants.withdraw_office_role, name="role-withdraw"),
    path("settings/", own.own_settings, name="settings"),
    path("settings/second-factor/", include("allauth.mfa.urls")),
    # Of allauth's pages only those that this office wants: nobody signs up, and an address is changed by an administrator.
    path("accounts/login/", signing_in.login, name="account_login"),
    path("accounts/logout/", signing_in.logout, name="account_logout"),
    path("accounts/inactive/", signing_in.account_inactive, name="account_inactive"),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("accounts/elsewhere/cancelled/", elsewhere.login_cancelled, name="socialaccount_login_cancelled"),
    path("accounts/elsewhere/error/", elsewhere.login_error, name="socialaccount_login_error"),
    path("accounts/reauthenticate/", signing_in.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", signing_in.password_change, name="account_change_password"),
    path("accounts/password/set/", signing_in.password_set, name="account_set_password"),
    path("accounts/password/reset/", signing_in.password_reset, name="account_reset_password"),
    path("accounts/password/reset/done/", signing_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("accounts/password/reset/key/done/", signing_in.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
