from django.urls import URLPattern, path

from people import views

urlpatterns: list[URLPattern] = [
    path("personnes/", views.people, name="people"),
]
