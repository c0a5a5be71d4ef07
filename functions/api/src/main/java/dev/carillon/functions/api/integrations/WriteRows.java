package dev.carillon.functions.api.integrations;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.recipients.DeleteRecipient;
import dev.carillon.functions.api.recipients.IdentifyRecipients;
import dev.carillon.json.Json;
import dev.carillon.json.Json.Obj;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Rows of a warehouse, each of which is a user, a tenant or an object. One that is written is
 * merged into what is known, by the write of {@link IdentifyRecipients} that is conditional on the
 * revision it read; so a batch that comes again changes nothing more.
 */
final class WriteRows {
  /** A batch is done within one call: each row costs a read and a write. */
  static final int MOST = 100;

  private final IdentifyRecipients identify;
  private final DeleteRecipient delete;

  WriteRows(IdentifyRecipients identify, DeleteRecipient delete) {
    this.identify = identify;
    this.delete = delete;
  }

  /** What rows can be. */
  enum Target {
    USERS("user", "Users"),
    TENANTS("tenant", "Tenants"),
    OBJECTS("object", "Objects");

    private static final List<Column> OF_USERS =
        List.of(
            Column.ID,
            Column.text("name", "Name"),
            Column.text("email", "Email"),
            Column.text("phone_number", "Phone number"),
            Column.text("avatar", "Avatar URL"),
            Column.text("locale", "Locale"),
            Column.text("timezone", "Time zone"));
    private static final List<Column> OF_TENANTS = List.of(Column.ID, Column.text("name", "Name"));
    private static final List<Column> OF_OBJECTS =
        List.of(
            Column.ID, new Column("collection", "Collection", true), Column.text("name", "Name"));

    final String id;
    final String label;

    Target(String id, String label) {
      this.id = id;
      this.label = label;
    }

    /** What is known to be among them; whatever else a row has becomes a property. */
    List<Column> columns() {
      return switch (this) {
        case USERS -> OF_USERS;
        case TENANTS -> OF_TENANTS;
        case OBJECTS -> OF_OBJECTS;
      };
    }

    static Target of(RequestValue id) {
      return Arrays.stream(values())
          .filter(it -> it.id.equals(id.text()))
          .findFirst()
          .orElseThrow(() -> id.refused("must be user, tenant or object"));
    }
  }

  /**
   * @param required whether a row must have it; only the id tells one from another
   */
  record Column(String id, String label, boolean required) {
    static final Column ID = new Column("id", "ID", true);

    static Column text(String id, String label) {
      return new Column(id, label, false);
    }

    boolean identifies() {
      return equals(ID);
    }
  }

  /**
   * Merges the row into what is known.
   *
   * @param at where the row stands in its batch: one may name the same twice
   * @return what is wrong with it; empty when it is written
   */
  Optional<String> write(RemoteCall call, Target target, Obj row, int at) {
    return problem(
        () -> {
          var reader = identify.reader(call.environment());
          var value = new RequestValue("", withTextId(row));
          var cause = call.cause() + " " + at;
          switch (target) {
            case USERS, OBJECTS ->
                identify.identify(
                    call.environment(),
                    List.of(reader.recipient(named(target, value))),
                    Optional.empty(),
                    Optional.empty(),
                    cause);
            case TENANTS ->
                identify.identify(
                    call.environment(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(reader.tenant(value)),
                    cause);
          }
        });
  }

  /**
   * Deletes whom the row names, by its id alone.
   *
   * @return what is wrong with it; empty when nobody of that id is left
   */
  Optional<String> remove(EnvironmentId environment, Target target, Obj row) {
    return problem(
        () -> {
          RequestValue value = named(target, new RequestValue("", withTextId(row)));
          String id = value.object().required("id").id();
          delete.delete(
              environment,
              switch (target) {
                case USERS -> RecipientId.user(id);
                case TENANTS -> new TenantId(id).recipient();
                case OBJECTS -> new RecipientId(value.object().required("collection").id(), id);
              });
        });
  }

  private static RequestValue named(Target target, RequestValue value) {
    RequestFields fields = value.object();
    if (target == Target.OBJECTS) {
      fields.required("collection");
      return value;
    }
    return new RequestValue(value.path(), fields.json().without("collection"));
  }

  /** Keys of a warehouse are often numbers; ids are texts. */
  private static Obj withTextId(Obj row) {
    return row.get("id").orElse(Json.NULL) instanceof Json.Num number
        ? row.with("id", number.value().toPlainString())
        : row;
  }

  private static Optional<String> problem(Runnable doing) {
    try {
      doing.run();
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(IntegrationCalls.sentence(e));
    }
  }
}
