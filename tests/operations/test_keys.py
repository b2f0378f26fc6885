"""Keys: made once, private, changed by putting a new one first."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tourism_odr.operations import keys


def test_keys_are_made_once_and_only_the_service_reads_them(tmp_path):
    made = keys.make(tmp_path)

    again = keys.make(tmp_path)

    assert [path.name for path in made] == list(keys.ALL)
    assert again == []
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}


def test_a_new_field_key_leads_and_the_old_ones_still_read(tmp_path):
    keys.make(tmp_path)
    old = (tmp_path / keys.FIELD).read_text().split()

    keys.rotate(tmp_path / keys.FIELD)

    now_there = (tmp_path / keys.FIELD).read_text().split()
    assert now_there[1:] == old
    assert now_there[0] not in old


def test_a_new_checkpoint_key_leads(tmp_path):
    keys.make(tmp_path)

    keys.rotate(tmp_path / keys.CHECKPOINT)

    assert (tmp_path / keys.CHECKPOINT).read_bytes().count(b"BEGIN PRIVATE KEY") == 2


def test_the_seal_is_a_key_with_its_certificate(tmp_path):
    keys.make(tmp_path)
    content = (tmp_path / keys.SEAL).read_bytes()

    certificate = x509.load_pem_x509_certificate(content[content.index(b"-----BEGIN CERT") :])

    assert load_pem_private_key(content, None).public_key() == certificate.public_key()
