package dev.carillon.storage.dynamo.content;

import dev.carillon.content.Author;
import dev.carillon.content.Commit;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.workflow.VersionId;

/** A commit as it is stored. */
final class CommitDocument {
  private CommitDocument() {}

  static Json.Obj write(Commit commit) {
    return new DocumentFields()
        .put("t", commit.content().type().wireName())
        .put("k", commit.content().key())
        .put("v", commit.version().toString())
        .put("b", commit.before(), it -> Json.of(it.toString()))
        .put("an", commit.author().name())
        .put("ae", commit.author().email())
        .put("m", commit.message(), Json::of)
        .put("at", commit.at())
        .put("p", commit.promoted(), it -> Json.of(it.toString()))
        .json();
  }

  static Commit read(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Commit(
        CommitId.parse(item.text(Item.SK)).orElseThrow(),
        new ContentId(
            ContentType.named(DocumentFields.text(document, "t")).orElseThrow(),
            DocumentFields.text(document, "k")),
        VersionId.parse(DocumentFields.text(document, "v")),
        document.text("b").map(VersionId::parse),
        new Author(DocumentFields.text(document, "an"), DocumentFields.text(document, "ae")),
        document.text("m"),
        DocumentFields.time(document, "at"),
        document.text("p").flatMap(CommitId::parse));
  }
}
