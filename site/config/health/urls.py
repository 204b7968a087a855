from django.urls import path

from config.health import views

urlpatterns = [
    path("live", views.live, name="health_live"),
    path("ready", views.ready, name="health_ready"),
    path("metrics", views.metrics, name="health_metrics"),
]
