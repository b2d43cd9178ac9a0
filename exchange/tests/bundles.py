"""A bundle that has a row of every kind, and the means to change one cell of it."""

import csv
import io
import zipfile
from pathlib import Path

Files = dict[str, str]

EVERYTHING: Files = {
    "boards.csv": """\
key,name,kind,language,time_zone
css-a,Centre des Érables,css,fr,America/Toronto
css-b,Commission du Nord,commission_scolaire,en,America/Winnipeg
""",
    "schools.csv": "key,board,name\nE1,css-a,École Un\nE2,css-a,École Deux\nF1,css-b,North School\n",
    "school_years.csv": "key,board,label,starts_on,ends_on\nA26,css-a,2026-2027,2026-07-01,2027-07-01\n",
    "terms.csv": "school_year,name,starts_on,ends_on\nA26,Étape 1,2026-08-28,2026-11-14\n",
    "school_days.csv": "school,date,kind\nE1,2026-09-01,class\nE1,2026-09-02,pedagogical\nE2,2026-09-01,holiday\n",
    "people.csv": """\
key,board,school,given_name,family_name,email,roles
P1,css-a,E1,Nadia,Ferhat,nadia@a.example,resource_teacher|mentor
P2,css-a,E1,Julie,"Archam, ""b"" ault",julie@a.example,program_lead
P3,css-a,,Chantal,Roy,,trainer|board_admin
P4,css-a,E2,Sans,Rôle,,
Q1,css-b,F1,Zoë,North,zoe@b.example,mentor|privacy_officer
""",
    "verifications.csv": """\
person,kind,verified_on,valid_until,verified_by
P1,references,2026-08-28,,
Q1,judicial,2026-08-30,2029-08-30,Q1
""",
    "students.csv": """\
key,school,given_name,family_name,birth_date,grade
S1,E1,Inès,Benali,2013-03-04,1
S2,E1,Loïc,Gauthier,,2
T1,F1,Kim,Nguyen,2012-02-29,
""",
    "closed_accounts.csv": "person,active\nP4,false\n",
    "mail_preferences.csv": "person,digest\nP1,false\nQ1,true\n",
    "student_departures.csv": "student,left_on\nT1,2026-11-02\n",
    "former_schools.csv": "student,school,until\nS2,E2,2026-09-15\n",
    "student_classes.csv": "student,class_name,homeroom\nS1,1A,101\nS2,,203\n",
    "consents.csv": """\
student,purpose,giver,given_on,withdrawn_on
S1,outcomes,parent,2026-09-02,
S2,outcomes,student,2026-08-30,2026-09-20
S2,outcomes,parent,2026-10-01,
""",
    "outcomes.csv": """\
student,school_year,term,days_absent,lates,result,entered_by,entered_on
S1,A26,Étape 1,4,0,71,P2,2026-11-20
S2,A26,Étape 1,,12,,,2026-11-20
""",
    "former_grades.csv": """\
student,grade,until,class_name,homeroom
S2,1,2026-08-20,1B,104
""",
    "guardians.csv": """\
key,student,given_name,family_name,relation,email,phone,ended_on
G1,S1,Amel,Benali,mère,amel@famille.example,418 555-0101,
G2,S1,Karim,Benali,père,,,2026-10-05
""",
    "programs.csv": """\
key,school,name,domain,forms,intervention,mentoring_form,population,whole_class,school_wide,prevents_dropout,\
cadence_unit,cadence_days,meetings_per_unit,minutes,agreement_by_parent,agreement_confidentiality
PG,E1,Tremplin,group,guidance|scolaire,passage,,universal,true,false,,week,,2,40,false,
PM,E1,Mentorat,mentoring,,,individual,targeted,,,true,cycle,9,1,25,true,Entre nous
QM,F1,Mentoring,mentoring,,,remote,,,,,week,,,,false,
""",
    "memberships.csv": """\
person,role,board,school,program,starts_on,ends_on
P1,program_lead,,,PM,2026-09-01,2027-07-01
P2,school_manager,,E2,,,
P4,mentor,css-a,E2,,,2026-01-01
""",
    "releases.csv": """\
person,school_year,percent,base
P1,A26,12.5,whole_task
P2,A26,30,teaching_task
P2,A26,20,educative_task
""",
    "groups.csv": "key,program,name,starts_on,ends_on\nGR1,PG,Tremplin A,2026-09-01,2027-06-23\nGR2,PG,B,2026-09-01,\n",
    "group_leads.csv": """\
group,person,starts_on,ends_on,reason
GR1,P1,2026-09-01,2026-10-01,leave
GR1,P2,2026-10-01,,
""",
    "group_substitutes.csv": "group,person,starts_on,ends_on\nGR1,P1,2026-10-05,2026-10-10\n",
    "dyad_substitutes.csv": "dyad,person,starts_on,ends_on\nD1,P3,2026-09-14,2026-09-19\n",
    "timetables.csv": """\
group,dyad,weekday,cycle_day,starts_at,minutes,place,starts_on,ends_on
GR1,,1,,12:05,40,Local 12,2026-09-01,2027-06-23
,D1,,9,,25,,,
""",
    "group_members.csv": """\
group,student,starts_on,ends_on,reason
GR1,S1,2026-09-01,2026-10-01,déménagement
GR1,S1,2026-10-01,,
GR1,S2,2026-09-01,,
""",
    "group_meetings.csv": """\
key,group,on,status,reason,starts_at,minutes,slot,activities,planned,logged_on,logged_by,note,note_level,late_reason,met_by,note_by
M1,GR1,2026-09-07,held,,12:05,40,midday,jeux|anniversaires,true,2026-09-07,P1,"Une note,
sur deux lignes",confidential,,P2,P3
M2,GR1,2026-09-14,not_held,school_closed,,,,,false,2026-09-15,P1,,ordinary,panne de réseau,,
M3,GR1,2099-12-31,planned,,12:05,40,midday,,true,,,,ordinary,,,
""",
    "attendance.csv": "meeting,student,status\nM1,S1,present\nM1,S2,excused\n",
    "mentors.csv": """\
person,kind,birth_date,places,interests,other_interests,languages,other_languages,times
P1,teacher,,2,sport|music,"échecs, vélo",french|arabic,,1-midday|3-after
P3,older_peer,2009-05-05,,,,,,
Q1,community_volunteer,,0,,,,italien,
""",
    "trainings.csv": """\
person,kind,completed_on,minutes,title
P1,initial,2026-08-30,120,Accueil
P1,ongoing,2026-10-02,45,
""",
    "referrals.csv": """\
student,program,referred_on,closed_on,needs,referred_by,wished_kind,interests,other_interests,languages,other_languages,times
S1,PM,2026-08-30,2026-09-10,confiance,P1,older_peer,games,robots,french,,1-midday
S2,PM,2026-09-01,,,,,,,,créole,
""",
    "dyads.csv": """\
key,program,mentor,student,starts_on,committed_until,ended_on,end_reason,ended_by,planned_handover,closure_talk,end_code,closure_talk_on
D1,PM,P1,S1,2026-09-10,2027-06-23,2026-11-10,Départ,mentor,true,held,mentor_left,2026-11-09
D2,PM,P3,S2,2026-09-10,,,,,false,,,
X1,QM,Q1,T1,2026-09-10,,,,,false,,,
""",
    "matching_rounds.csv": """\
key,program,proposed_on,proposed_by,starts_on,committed_until,published_on,published_by,mentor_words,student_words,family_words
MR1,PM,2026-08-31,P2,2026-09-10,2027-06-23,2026-09-08,P2,"Bonjour,
un nom vous attend","Bonjour, toi",Bonjour à vous
MR2,PM,2026-11-12,P2,2026-11-20,,,,,,
""",
    "match_proposals.csv": """\
round,student,referred_on,mentor,choice,rematch_reason,unverified_reason,untrained_reason,dyad
MR1,S1,2026-08-30,P1,chosen,,Vérification en cours,,D1
MR1,S2,2026-09-01,P3,chosen,Autre horaire,,Formée en décembre,
MR2,S2,2026-09-01,,left_out,,,,
""",
    "ending_reviews.csv": """\
dyad,what_happened,learnt,by,on
D1,"Un départ, dit d’avance",Prévenir plus tôt,P2,2026-11-12
""",
    "pauses.csv": "dyad,starts_on,ends_on,reason\nD1,2026-10-01,2026-10-08,voyage\nD2,2026-11-01,,\n",
    "agreements.csv": """\
dyad,signed_on,objectives,tasks,times,limits,confidentiality,student_on,mentor_on,parent_on,lead_on
D1,2026-09-12,lire|parler,agenda,Le mardi,Pas de devoirs,Entre nous,2026-09-11,2026-09-12,2026-09-14,2026-09-15
D2,,oser,,,,,2026-09-20,,,
""",
    "dyad_meetings.csv": """\
key,dyad,on,status,reason,minutes,channel,setting,activity,structured,chosen_by,topic,activity_kind,problem_kind,\
starts_at,planned,logged_on,logged_by,note,note_level,late_reason,met_by,note_by
R1,D1,2026-09-15,held,,30,in_person,individual,shared_activity,true,student,school,sport,,15:30,true,2026-09-16,P1,\
"=1+1; « cité »",ordinary,de retour de congé,P3,P2
R2,D1,2026-09-22,not_held,student_absent,,,,,,,,,,,true,2026-09-22,,,ordinary,,,
R3,D2,2020-01-01,held,,15,phone,,,,,,,agenda,,false,,,,ordinary,,,
Y1,X1,2026-09-15,planned,,,,,,,,,,,,true,,,,ordinary,,,
""",
    "student_contacts.csv": """\
key,group,student,on,channel,minutes,logged_on,logged_by,note,note_level,note_by
SC1,GR1,S1,2026-10-05,in_person,20,2026-10-05,P1,Ça va mieux,confidential,P2
SC2,GR1,S2,2026-10-06,phone,,,,,ordinary,
""",
    "family_contacts.csv": """\
key,group,student,guardian,on,channel,outcome,logged_on,logged_by,note,note_level,note_by
FC1,GR1,S1,G1,2026-10-07,phone,message_left,2026-10-08,P2,,ordinary,
FC2,GR1,S2,,2026-10-07,email,reached,,,"Dit « bravo »",ordinary,P1
""",
    "group_reviews.csv": """\
key,group,student,on,tie,intensity,functions,evolution,fit,logged_on,logged_by,note,note_level,note_by
GV1,GR1,,2026-11-10,,regular,chacun son tour,plus calme,partly,2026-11-10,P1,,ordinary,
GV2,GR1,S1,2026-11-11,confiance,close,,,,,,Plus ouvert,ordinary,P2
""",
    "function_times.csv": """\
key,person,on,function,minutes,preparation,logged_on,logged_by,note,note_level,note_by
FT1,P1,2026-09-15,students,90,false,2026-09-15,P1,Dîner compris,ordinary,P1
FT2,P1,2026-09-16,services,30,true,,,,ordinary,
""",
    "foundations.csv": """\
person,topic,stated_on,statement
P1,crises,2026-09-03,"On sort, on respire."
P1,needs,2026-09-04,Du temps
""",
    "program_logging.csv": "program,logging_grace_days\nPM,10\n",
    "program_ends.csv": "program,ends_on\nPM,2027-07-01\n",
    "program_results.csv": "key,program,text\nRE1,PG,Se sentir attendu\nRE2,PM,Finir son année\n",
    "program_activities.csv": """\
key,program,name,content,theme,format,result
AC1,PG,Cercle de parole,cercle,social,group,RE1
AC2,PG,Agenda,,,,
""",
    "program_roles.csv": """\
key,program,actor,role,limits
PR1,PG,teacher,Animer,Ne pas évaluer
PR2,PG,family,,
""",
    "role_acknowledgements.csv": "role,person,acknowledged_on\nPR1,P1,2026-09-01\nPR1,P2,2026-09-08\n",
    "guideline_settings.csv": """\
key,board,program,guideline,name,value,starts_on,reason,set_by
GS1,css-a,PG,group-too-large,warning,15,2026-09-01,Grande salle,P2
GS2,css-a,,dyad-gap,critical,,2026-10-01,Retour,
GS3,css-b,,dyad-gap,critical,5,2026-10-01,Distance,Q1
""",
    "program_guidelines.csv": """\
program,guideline,followed_from,followed_until,reason,end_reason,by,ended_by
PG,group-gap,2026-09-01,,,,,
PG,group-review,2026-09-01,2026-11-01,À essayer,Trop tôt,P2,P3
QM,dyad-agreement,2026-10-01,,Deuxième étape,,Q1,
""",
    "style_assessments.csv": """\
key,mentor,on,markers
SA1,P1,2026-10-01,trust|needs|results
SA2,P1,2026-11-01,
SA3,P3,2026-10-01,change
""",
    "mentor_approaches.csv": """\
key,mentor,on,beliefs,attitudes,behaviours,style
MA1,P1,2026-09-20,Tous peuvent,Patience,"Écouter,
puis proposer",Développemental
MA2,Q1,2026-09-20,,,,
""",
    "teacher_liaisons.csv": """\
key,dyad,on,channel,subject,achievement_heard,work_heard,logged_on,logged_by,note,note_level,note_by
TL1,D1,2026-10-12,email,Français,true,false,2026-10-12,P1,À relire,confidential,P2
""",
    "followups.csv": """\
key,dyad,on,recognised,skill,lates_reviewed,discipline_reviewed,results_reviewed,logged_on,logged_by,note,note_level,note_by
FU1,D1,2026-10-13,true,parents,true,true,false,2026-10-14,P1,À suivre,ordinary,P1
FU2,X1,2026-10-13,false,,false,false,true,,Q1,,ordinary,
""",
    "difficult_events.csv": """\
key,dyad,on,kind,supported_on,support,logged_on,logged_by,note,note_level,note_by
DE1,D1,2026-10-14,failure,2026-10-20,appel à la maison,2026-10-15,P1,,confidential,
DE2,D2,2026-10-14,other,,,,,Un deuil,ordinary,P3
""",
    "relationship_reviews.csv": """\
key,dyad,on,redefined,agreed,logged_on,logged_by,note,note_level,note_by
RR1,D1,2026-11-05,true,Une rencontre de plus,2026-11-05,P2,Au dîner,ordinary,P2
""",
    "program_support_calls.csv": """\
program,support_calls_from,support_call_weeks,support_call_later_weeks,support_call_parties
PM,2026-09-07,3,10,mentor|family
""",
    "support_calls.csv": """\
key,dyad,on,party,channel,outcome,meets,tie,benefit,helped,safe,logged_on,logged_by,note,note_level,note_by
CA1,D1,2026-10-05,family,phone,reached,yes,partly,no,partly,yes,2026-10-05,P2,Inquiète des retards,confidential,P2
CA2,D1,2026-10-06,mentor,email,no_answer,,,,,,,,,ordinary,
""",
    "doubts.csv": """\
key,dyad,raised_on,raised_by,words,heard_on,heard_by,answer
DO1,D1,2026-10-02,P1,"Il parle peu, je crois",2026-10-05,P2,Vu avec la famille
DO2,D2,2026-11-03,P3,,,,
""",
    "partings.csv": """\
dyad,next_step,next_words,student_words,mentor_words,words_level,words_by,words_on,student_letter,family_letter,mentor_letter
D1,other,orthopédagogie,Merci,"Bonne route, Léo",confidential,P2,2026-11-12,"Bonjour Léo,",Bonjour à vous,Merci
""",
    "program_minutes.csv": "program,minutes_from\nPM,2026-09-14\n",
    "minute_items.csv": """\
key,board,code,audience,french,english,ends_on
MI1,css-a,,student,Je ris.,I laugh.,
MI2,css-a,heard,student,,,2026-10-05
""",
    "minute_tallies.csv": """\
key,board,program,month,audience,item,answers,middle,level_1,level_2,level_3,level_4
MT1,css-a,PM,2026-10-01,student,MI1,12,3,0,0,5,7
MT2,css-a,,2026-10-01,student,MI1,17,3,,,,
""",
    "talk_requests.csv": """\
key,student,program,adult,asked_on,heard_on
TR1,S1,PM,P2,2026-10-02,2026-10-05
TR2,S2,PM,P1,2026-11-02,
""",
    "team_meetings.csv": "key,program,on,present\nTM1,PM,2026-11-09,Ana et Zoé\n",
    "agenda_items.csv": """\
meeting,dyad,group,student,known,decision,who,by_on,state,settled_on
TM1,D1,,,Un engagement à sa fin,Appeler la famille,P2,2026-11-16,done,2026-11-12
TM1,,,S2,,Chercher une personne mentore,,,open,
TM1,,GR1,,,Changer de local,,,open,
""",
    "finding_decisions.csv": """\
guideline,dyad,mentor,group,teacher,program,decision,on,by,reason_code,reason,until,taken_by,\
raised_on,severity,value,threshold,confidence
dyad-gap,D2,,,,,dismissed,2026-11-10,P2,known,"Entente, avec la famille",,,2026-11-02,critical,4,3,complete
group-gap,,,GR1,,,taken,2026-11-11,P1,,,,P1,2026-11-03,warning,2,1,partial
mentor-style,,P1,,,,snoozed,2026-11-12,,,,2026-12-01,,2026-11-03,info,,,complete
teacher-foundations,,,,P1,,taken,2026-11-12,P2,,,,P2,2026-11-03,info,5,1,complete
program-roles,,,,,PG,dismissed,2026-11-12,P2,other,Fait ailleurs,,,2026-11-03,info,,,complete
""",
    "privacy_incidents.csv": """\
key,board,information,circumstances,happened_on,happened_until,is_period_approximate,aware_on,people,\
is_count_approximate,assessment,risk,commission_told_on,people_told_on,public_notices,measures,recorded_on,recorded_by
IN1,css-a,"Noms, groupes",Un courriel mal adressé,2026-10-01,2026-10-03,true,2026-10-05,12,false,Peu sensibles,serious,\
2026-10-06,2026-10-07,Un avis au journal,Rappel des règles,2026-10-05,P3
IN2,css-b,Not known yet,A lost laptop,,,false,2026-11-02,,false,,unknown,,,,,,
""",
    "destructions.csv": """\
key,board,kind,fate,count,before,done_on,done_by
DS1,css-b,people.Student,emptied,12,2023-11-02,2026-11-02,Q1
""",
    "retention_plans.csv": """\
key,board,students,adults,journal,incidents,messages,imports,nightly_from,reason,set_on,set_by
RP1,css-a,4,5,6,7,2,3,2027-01-04,Calendrier adopté en octobre,2026-11-02,P3
""",
}


def write(path: Path, files: Files | dict[str, bytes], **changed: str | bytes | None) -> Path:
    """Write a bundle; ``changed`` replaces files by name without ``.csv`` (None leaves one out)."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**files, **{f"{name}.csv": text for name, text in changed.items()}}.items():
            if content is not None:
                archive.writestr(name, content)
    return path


def edited(name: str, row: int, column: str, value: str) -> str:
    """A file of EVERYTHING with one cell changed; ``row`` as a spreadsheet shows it."""
    rows = list(csv.reader(io.StringIO(EVERYTHING[name], newline="")))
    rows[row - 1][rows[0].index(column)] = value
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def read(path: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of every file of a bundle."""
    with zipfile.ZipFile(path) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))
            for name in archive.namelist()
            if name.endswith(".csv")
        }
