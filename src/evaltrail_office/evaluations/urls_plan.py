"""Addresses of the work plan, of comments on drafts and of quality assessments."""

from django.urls import path

from evaltrail_office.evaluations import views_comments, views_plan, views_plan_team, views_quality

urlpatterns = [
    path("plan/", views_plan.plan, name="plan"),
    path("plan/calendar/", views_plan.calendar, name="plan-calendar"),
    path("plan/timeline/", views_plan.timeline, name="plan-timeline"),
    path("plan/plan.csv", views_plan.plan_as_csv, name="plan-csv"),
    path("plan/new/", views_plan.new, name="plan-new"),
    path("plan/approved/", views_plan.baselines, name="baselines"),
    path("plan/approved/<int:number>/", views_plan.baseline, name="baseline"),
    path("plan/<str:key>/", views_plan.evaluation_plan, name="evaluation-plan"),
    path("plan/<str:key>/add/", views_plan.add, name="plan-add"),
    path("plan/<str:key>/edit/", views_plan.edit, name="plan-edit"),
    path("plan/<str:key>/undo/", views_plan.undo, name="plan-undo"),
    path("plan/<str:key>/gates/<str:kind>/", views_plan_team.gate, name="plan-gate"),
    path("plan/<str:key>/money/", views_plan_team.money, name="plan-money"),
    path("plan/<str:key>/money/<int:number>/", views_plan_team.money_back, name="plan-money-back"),
    path("plan/<str:key>/team/", views_plan_team.team, name="plan-team"),
    path("plan/<str:key>/team/new/", views_plan_team.contract_new, name="plan-contract-new"),
    path("plan/<str:key>/team/<int:number>/", views_plan_team.contract, name="plan-contract"),
    path("plan/<str:key>/<str:how>/", views_plan.leave, name="plan-leave"),
    path("comments/mine/", views_comments.mine, name="comments-mine"),
    path("documents/<str:key>/comments/", views_comments.log, name="document-comments"),
    path("documents/<str:key>/comments/<int:number>/", views_comments.one, name="document-comment"),
    path("documents/<str:key>/comments.<str:form>", views_comments.as_file, name="document-comments-file"),
    path("evaluations/<str:key>/quality/", views_quality.quality, name="quality"),
    path("evaluations/<str:key>/quality/<int:number>/", views_quality.sheet, name="assessment"),
]
