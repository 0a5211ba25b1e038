from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pool", "0002_grouping")]

    operations = [
        migrations.AddField(
            model_name="spendingdraft",
            name="discarded_at",
            field=models.DateTimeField(null=True),
        ),
    ]
