from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [path("choose-password/", views.ChoosePassword.as_view(), name="choose_password")]
