"""What the demonstration's people wrote: the texts of its records."""

SUBJECTS = ("Français", "Mathématique", "Univers social", "Science et technologie", "Anglais", "")
AGREED = (
    "Continuer chaque semaine, même jour.",
    "Laisser l’élève proposer l’activité une fois sur deux.",
    "Prévoir une activité structurée par mois.",
    "Parler de la suite avec la famille avant les vacances.",
    "",
)
SUPPORT = (
    "Rencontre le lendemain, puis un mot à la titulaire.",
    "Appel, puis dîner ensemble.",
    "Récupération organisée avec l’enseignante de la matière.",
    "Écoute, et rendez-vous pris avec la psychoéducatrice.",
)
TIES = ("Confiance qui grandit", "Lien régulier, surtout autour des travaux", "Lien encore neuf", "Vient de soi-même")
EVOLUTIONS = (
    "Prend davantage sa place dans le groupe.",
    "Remet ses travaux plus souvent.",
    "Une étape plus calme que la précédente.",
    "Se confie plus facilement.",
)
STATEMENTS = {
    "support": "Partir de ce qui va bien, et d’un objectif que l’élève choisit.",
    "crises": "Sortir du groupe ensemble, respirer, revenir quand c’est possible; l’équipe est prévenue le jour même.",
    "meetings": "Un accueil, un temps d’échange, une activité, un mot de la fin.",
    "role": "J’accompagne; je n’évalue pas et je ne remplace pas les services spécialisés.",
    "needs": "Du temps de préparation, et un échange par mois avec la responsable du programme.",
}
APPROACHES = (
    (
        "Chaque élève peut réussir avec un lien stable.",
        "Patience et humour.",
        "Écouter d’abord, proposer ensuite.",
        "Plutôt développemental : l’élève choisit.",
    ),
    (
        "On apprend mieux avec quelqu’un qui croit en soi.",
        "Respect et constance.",
        "Arriver à l’heure, tenir parole, souligner les bons coups.",
        "Souple, avec un objectif par étape.",
    ),
    (
        "Les erreurs servent à apprendre.",
        "Curiosité pour ce qui intéresse l’élève.",
        "Faire ensemble plutôt que dire quoi faire.",
        "Développemental, avec un coup de main pour l’agenda.",
    ),
)
RESULTS = {
    "rc-groupes": ("Se sentir attendu à l’école", "S’organiser dans ses travaux"),
    "bo-groupes": ("Réussir le passage au secondaire",),
    "ci-groupes": ("Créer un climat d’entraide",),
}
ACTIVITIES = {
    "rc-groupes": (
        ("Échange sur la semaine", "exchange", "personal", "group", 0),
        ("Agenda et travaux", "schoolwork", "school", "teams", 1),
        ("Jeux coopératifs", "game", "social", "group", 0),
    ),
    "bo-groupes": (
        ("Tour de l’agenda", "schoolwork", "school", "group", 0),
        ("Parrainage avec les élèves de 2e", "other", "social", "", None),
    ),
    "ci-groupes": (("Conseil de coopération", "exchange", "social", "group", 0),),
}
ROLES = {
    "manager": ("Libérer le temps et les locaux.", "Ne suit pas les élèves un à un."),
    "lead": ("Jumeler, soutenir, revoir chaque relation à l’étape.", "Ne lit les notes confidentielles qu’au besoin."),
    "trainer": ("Former et conseiller les adultes.", "N’intervient pas auprès des élèves."),
    "teacher": ("Animer le groupe, voir chaque élève, joindre les familles.", "N’évalue pas les élèves du groupe."),
    "mentor": ("Rencontrer l’élève chaque semaine.", "Ne remplace ni les parents ni les services."),
    "family": ("Encourager, et dire ce qui change à la maison.", ""),
}
