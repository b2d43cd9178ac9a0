"""Where the review says so: the headings that several guidelines cite."""

from guidelines.catalogue.entry import Citation

MENTORING = Citation("3", "Les pratiques d’intervention dans le cadre du mentorat")
TAKE_TIME = Citation("3.2", "Prendre le temps")
FORMS = Citation("3.2", "Connaître différentes formes de mentorat")
ACTIVITIES = Citation("3.2", "Faire des activités ensemble")
PROBLEMS = Citation("3.2", "Résoudre des problèmes")
APPROACH = Citation("3.2", "Définir l’approche du mentor")
STYLE = Citation("3.2", "Choisir son style")
BEHAVIOURS = Citation("3.2", "Approche et comportements du mentor")
TRAINING = Citation("3.3", "La formation des mentors")
