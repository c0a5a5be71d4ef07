package dev.carillon.local.template;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccountPolicies;
import dev.carillon.local.iam.Permissions;
import dev.carillon.local.iam.PolicyDocument;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.iam.UnsupportedPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of a template: of roles, queues, topics, keys and functions. */
final class PermissionsReader {
  private final Intrinsics intrinsics;
  private final Map<String, List<PolicyDocument>> ofRoles = new HashMap<>();
  private final Map<String, List<PolicyDocument>> ofResources = new HashMap<>();
  private final Map<String, Principal.RoleSession> functions = new HashMap<>();
  private final Map<String, String> topicKeys = new HashMap<>();

  private PermissionsReader(Intrinsics intrinsics) {
    this.intrinsics = intrinsics;
  }

  /**
   * @param functions the template's functions, for their names and verbs
   * @throws UnsupportedTemplate when a policy holds what is not evaluated here
   */
  static Permissions read(Intrinsics intrinsics, List<StackTemplate.Function> functions) {
    var reader = new PermissionsReader(intrinsics);
    try {
      intrinsics.resources().forEach(resource -> reader.read(resource, functions));
    } catch (UnsupportedPolicy e) {
      throw new UnsupportedTemplate("Policy " + e.getMessage());
    }
    return new Permissions(
        new AccountPolicies(reader.ofRoles, reader.ofResources),
        reader.functions,
        reader.topicKeys);
  }

  private void read(TemplateResource of, List<StackTemplate.Function> all) {
    var id = of.logicalId();
    switch (of.type()) {
      case "AWS::IAM::Role" -> {
        var properties = resolved(of);
        resource(id, intrinsics.arn(of), properties.object("AssumeRolePolicyDocument"));
        for (var item : properties.list("Policies")) {
          if (item instanceof Json.Obj policy) {
            role(id, intrinsics.arn(of), policy.object("PolicyDocument"));
          }
        }
      }
      case "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy" -> {
        var properties = resolved(of);
        for (var role : texts(properties.list("Roles"))) {
          role(id, roleArn(role), properties.object("PolicyDocument"));
        }
      }
      case "AWS::SQS::QueuePolicy" -> {
        var properties = resolved(of);
        for (var url : texts(properties.list("Queues"))) {
          resource(
              id,
              AccountRegion.LOCAL.arn("sqs", url.substring(url.lastIndexOf('/') + 1)),
              properties.object("PolicyDocument"));
        }
      }
      case "AWS::SNS::TopicPolicy" -> {
        var properties = resolved(of);
        for (var topic : texts(properties.list("Topics"))) {
          resource(id, topic, properties.object("PolicyDocument"));
        }
      }
      case "AWS::KMS::Key" -> resource(id, intrinsics.arn(of), resolved(of).object("KeyPolicy"));
      case "AWS::SNS::Topic" ->
          resolved(of)
              .text("KmsMasterKeyId")
              .ifPresent(key -> topicKeys.put(intrinsics.arn(of), key));
      case "AWS::Lambda::Permission" -> permission(id, resolved(of));
      case "AWS::Lambda::Function" ->
          all.stream()
              .filter(function -> function.name().equals(intrinsics.name(of)))
              .forEach(function -> function(of, function));
      default -> {
        // Nothing else says who may do what.
      }
    }
  }

  private void function(TemplateResource of, StackTemplate.Function function) {
    var role =
        resolved(of)
            .text("Role")
            .orElseThrow(
                () -> new UnsupportedTemplate("Function " + of.logicalId() + " has no Role"));
    functions.put(function.verb(), new Principal.RoleSession(role, function.name()));
  }

  /** Lambda makes a statement of a permission. */
  private void permission(String id, Json.Obj properties) {
    var function = properties.text("FunctionName").orElse("");
    var arn =
        function.startsWith("arn:")
            ? function
            : AccountRegion.LOCAL.arn("lambda", "function:" + function);
    var conditions = Json.object();
    for (var source : properties.text("SourceArn").stream().toList()) {
      conditions = conditions.with("ArnLike", Json.object().with("AWS:SourceArn", source));
    }
    for (var account : properties.text("SourceAccount").stream().toList()) {
      conditions =
          conditions.with("StringEquals", Json.object().with("AWS:SourceAccount", account));
    }
    resource(
        id,
        arn,
        Json.object()
            .with(
                "Statement",
                Json.object()
                    .with("Effect", "Allow")
                    .with(
                        "Principal",
                        Json.object().with("Service", properties.text("Principal").orElse("")))
                    .with("Action", properties.text("Action").orElse(""))
                    .with("Resource", arn)
                    .with("Condition", conditions)));
  }

  private void role(String id, String arn, Json.Obj document) {
    ofRoles.computeIfAbsent(arn, _ -> new ArrayList<>()).add(PolicyDocument.ofRole(id, document));
  }

  private void resource(String id, String arn, Json.Obj document) {
    ofResources
        .computeIfAbsent(arn, _ -> new ArrayList<>())
        .add(PolicyDocument.ofResource(id, arn, document));
  }

  private Json.Obj resolved(TemplateResource of) {
    return intrinsics.resolveFields(of.stack(), of.properties());
  }

  private static String roleArn(String name) {
    return "arn:aws:iam::" + AccountRegion.LOCAL.account() + ":role/" + name;
  }

  private static List<String> texts(List<Json> items) {
    return items.stream()
        .map(
            item ->
                item instanceof Json.Str(var text) ? Optional.of(text) : Optional.<String>empty())
        .flatMap(Optional::stream)
        .toList();
  }
}
