from django.http import HttpRequest, HttpResponse


def listing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


calendar = listing_sheet = short = my_list = my_list_change = my_list_sheet = listing
