from committees.composition.urls import urlpatterns as composition
from committees.distribution.urls import urlpatterns as distribution
from committees.layout.urls import urlpatterns as layout
from committees.meetings.urls import urlpatterns as meetings
from committees.minutes.urls import urlpatterns as minutes
from committees.papers.urls import urlpatterns as papers

app_name = "committees"
urlpatterns = [*composition, *meetings, *minutes, *papers, *distribution, *layout]
