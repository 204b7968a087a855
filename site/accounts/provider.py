"""Where allauth looks for who signs people in. (Providers in the directory's sense live in `directory`.)"""

from accounts.openid import CouncilProvider

provider_classes = [CouncilProvider]
