"""Which pages keep what is typed: all where something is, but those that say here why not."""

KEEPS_NOTHING = {
    "/calendrier/": "a day or a year of the calendar: dates, several forms a page, taken up again in a moment",
    "/balises/": "a trial that writes nothing: its numbers are in the address, and go on to « appliquer »",
    "/eleves/*/renseignements/": "why the data of a person is taken out, asked once, before the file",
    "/personnes/*/renseignements/": "the same, of an adult",
    "/eleves/*/fiche/": "why a sheet is taken away, asked once, before the file",
    "/jetons/": "a name and a few words; what it makes is shown once, and must not be made again by a draft",
    "/rapports/": "the two dates of a file to download, the usual ones being there already",
}
"""Where a form keeps nothing of what is typed, and why."""
FORGETFUL = """() => [...document.querySelectorAll("form[method=post i]:not([data-drafts], [action*=comptes]) :is(\
textarea, input:not([type]), input[type=text], input[type=number], input[type=date], input[type=time])")]
.map((field) => field.name)"""
