"""The cast and the demonstration, on whatever day they are made."""

from tests.cast import Cast


def test_the_cast_has_its_promised_groups(cast: Cast) -> None:
    sizes = {
        group.name: group.members.active_on(cast.on).count()
        for group in (cast.tremplin, cast.elan, cast.passerelle, cast.boussole, cast.horizon, cast.cordee)
    }
    assert sizes == {"Tremplin": 12, "Élan": 16, "Passerelle": 14, "Boussole": 12, "Horizon": 9, "Cordée": 4}


def test_the_cast_signs_in(cast: Cast, client_of) -> None:
    client = client_of(cast.nadia)
    assert client.session["_auth_user_id"] == str(cast.nadia.pk)
