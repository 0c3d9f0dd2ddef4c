"""Addresses of registers that are brought in."""

from django.urls import path

from evaltrail_office.follow_up.views import registers

urlpatterns = [
    path("registers/", registers.registers, name="registers"),
    path("registers/<str:key>/", registers.register, name="register"),
    path("registers/<str:key>/sheet/", registers.sheet, name="register-sheet"),
    path("registers/<str:key>/mapping/", registers.mapping, name="register-mapping"),
    path("registers/<str:key>/units/", registers.units, name="register-units"),
    path("registers/<str:key>/take-over/", registers.take_over, name="register-take-over"),
    path("registers/<str:key>/rows/", registers.rows, name="register-rows"),
    path("registers/<str:key>/rows.<str:form>", registers.export, name="register-export"),
    path("registers/<str:key>/take-back/", registers.take_back, name="register-take-back"),
]
