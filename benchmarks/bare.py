"""What a first contact is held against: Flask, two inserts, one commit, and nothing else."""

import os
from uuid import uuid4

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from shared.database import engine_for

TABLES = """
    CREATE TABLE IF NOT EXISTS intake.bare_person (id uuid PRIMARY KEY, name text NOT NULL, email text, phone text);
    CREATE TABLE IF NOT EXISTS intake.bare_contact (
        id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES intake.bare_person, channel text NOT NULL
    );
    GRANT ALL ON intake.bare_person, intake.bare_contact TO intake;
"""
PERSON = text("INSERT INTO bare_person VALUES (:id, :name, :email, :phone)")
CONTACT = text("INSERT INTO bare_contact VALUES (:id, :person_id, :channel)")

app = Flask(__name__)
engine = engine_for(os.environ.get("DATABASE_URL", "postgresql://"), pool_size=8)


@app.post("/bare")
def bare() -> ResponseReturnValue:
    body = request.get_json()
    person, contact = uuid4(), uuid4()
    with engine.begin() as connection:
        connection.execute(PERSON, {"id": person, "name": body["name"], "email": body["email"], "phone": body["phone"]})
        connection.execute(CONTACT, {"id": contact, "person_id": person, "channel": body["channel"]})
    return jsonify(id=str(contact)), 201
