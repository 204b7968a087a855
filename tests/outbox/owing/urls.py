from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.urls import path

from outbox.request_id import using
from tests.outbox.owing.models import Order, Parcel

PARCELS = 20


@transaction.atomic
def order(request, number):
    """Take an order once, and owe what belongs to it in the same transaction."""
    _taken, new = Order.objects.get_or_create(number=number)
    if new:
        with using(f"order-{number}"):
            for part in range(PARCELS):
                Parcel.objects.create(content=f"{number}/{part}")
    return HttpResponse(status=201 if new else 200)


def left(request):
    return JsonResponse({"orders": Order.objects.count(), "parcels": Parcel.objects.count()})


urlpatterns = [path("orders/<int:number>/", order), path("left/", left)]
