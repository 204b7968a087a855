from django.db import migrations

from accounts.access_triggers import BESIDES, LIFT_BESIDES, saying


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_one_time_links_and_wrong_tries'),
    ]

    operations = [
        migrations.RunPython(saying(BESIDES), saying(LIFT_BESIDES)),
    ]
