package dev.carillon.functions.operator.push;

import dev.carillon.audience.AudienceReader;
import dev.carillon.audience.Audiences.Member;
import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.functions.operator.push.EnvironmentFile.KeyedAudience;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.setting.GivenNames;
import java.util.List;
import java.util.Set;

/** Reads one audience of {@code environment.json}. */
final class AudienceEntry {
  private AudienceEntry() {}

  /**
   * @throws Refused naming what is wrong with it
   */
  static KeyedAudience read(RequestValue value) {
    var fields = value.object();
    var isStatic = fields.required("type").oneOf(Set.of("static", "dynamic")).equals("static");
    fields.only(Set.of("key", "name", "description", "type", isStatic ? "members" : "segments"));
    return switch (AudienceReader.read(fields.json())) {
      case AudienceReader.Read.Ok(var audience) ->
          new KeyedAudience(GivenNames.key(fields.required("key")), audience, members(fields));
      case AudienceReader.Read.Refused(var problems) ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMS,
              problems.stream()
                  .map(it -> new ApiException.Field(fields.pathOf(it.field()), it.reason()))
                  .toList());
    };
  }

  private static List<Member> members(RequestFields fields) {
    return fields
        .optional("members")
        .map(it -> it.list(0, EnvironmentReader.MOST))
        .orElse(List.of())
        .stream()
        .map(AudienceEntry::member)
        .toList();
  }

  private static Member member(RequestValue value) {
    var fields = value.object().only(Set.of("user", "tenant"));
    var user = fields.required("user");
    var id = user.isText() ? user : user.object().only(Set.of("id")).required("id");
    return new Member(
        RecipientId.user(id.id()),
        fields.optional("tenant").map(RequestValue::id).map(TenantId::new));
  }
}
