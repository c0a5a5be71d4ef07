package dev.carillon.local.rescue;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.NotFoundException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Asks AWS, or a local stack in its place, what the doctor wants to know. Changes nothing. */
final class Examination {
  private Examination() {}

  /**
   * Of an installation.
   *
   * @param local whether a local stack answers, which has no backups and may send to anybody
   */
  static Doctor.Facts of(String name, DeployedAws aws, boolean local) {
    try (var sqs = aws.of(SqsClient.builder());
        var dynamo = aws.of(DynamoDbClient.builder());
        var lambda = aws.of(LambdaClient.builder());
        var ses = aws.of(SesV2Client.builder())) {
      return new Doctor.Facts(
          name,
          Look.at(() -> queues(sqs, name)),
          Look.at(() -> table(dynamo, name, local)),
          local ? new Look.Found<>(name) : Look.at(() -> configurationSet(ses, name)),
          Look.at(() -> operator(lambda, name)),
          local ? new Look.Nothing<>() : Look.at(() -> mail(ses)));
    }
  }

  private static Look<List<DeadLetters.Buried>> queues(SqsClient sqs, String name) {
    var queues = new DeadLetters(sqs, name + "-").list();
    return queues.isEmpty() ? new Look.Nothing<>() : new Look.Found<>(queues);
  }

  private static Look<Doctor.Table> table(DynamoDbClient dynamo, String name, boolean local) {
    try {
      var table = dynamo.describeTable(it -> it.tableName(name)).table();
      return new Look.Found<>(
          new Doctor.Table(
              table.tableStatus() == TableStatus.ACTIVE,
              local || restorable(dynamo, name),
              local || Boolean.TRUE.equals(table.deletionProtectionEnabled())));
    } catch (ResourceNotFoundException _) {
      return new Look.Nothing<>();
    }
  }

  private static boolean restorable(DynamoDbClient dynamo, String name) {
    return dynamo
            .describeContinuousBackups(it -> it.tableName(name))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription()
            .pointInTimeRecoveryStatus()
        == PointInTimeRecoveryStatus.ENABLED;
  }

  private static Look<String> configurationSet(SesV2Client ses, String name) {
    try {
      return new Look.Found<>(
          ses.getConfigurationSet(it -> it.configurationSetName(name)).configurationSetName());
    } catch (NotFoundException _) {
      return new Look.Nothing<>();
    }
  }

  private static Look<List<Doctor.EnvironmentFacts>> operator(LambdaClient lambda, String name) {
    try {
      var answer =
          lambda.invoke(
              it ->
                  it.functionName(name + "-operator")
                      .qualifier("live")
                      .payload(SdkBytes.fromUtf8String("{\"action\": \"inventory\"}")));
      if (answer.functionError() == null
          && JsonText.parse(answer.payload().asByteArray()) instanceof Json.Obj inventory
          && inventory.get("environments").isPresent()) {
        return new Look.Found<>(environments(inventory));
      }
      return new Look.Failed<>("the operator function answered " + answer.payload().asUtf8String());
    } catch (software.amazon.awssdk.services.lambda.model.ResourceNotFoundException _) {
      return new Look.Nothing<>();
    }
  }

  private static List<Doctor.EnvironmentFacts> environments(Json.Obj inventory) {
    var environments = new ArrayList<Doctor.EnvironmentFacts>();
    for (var item : inventory.list("environments")) {
      if (item instanceof Json.Obj environment) {
        environments.add(
            new Doctor.EnvironmentFacts(
                environment.text("slug").orElse(""),
                environment.get("secret_key").equals(Optional.of(Json.TRUE)),
                channels(environment),
                environment.get("workflows").orElse(Json.NULL) instanceof Json.Num(var count)
                    ? count.intValue()
                    : 0));
      }
    }
    return environments;
  }

  private static List<Doctor.ChannelFacts> channels(Json.Obj environment) {
    var channels = new ArrayList<Doctor.ChannelFacts>();
    for (var item : environment.list("channels")) {
      if (item instanceof Json.Obj channel) {
        channels.add(
            new Doctor.ChannelFacts(
                channel.text("key").orElse(""),
                channel.text("provider").orElse(""),
                channel.list("missing_credentials").stream()
                    .flatMap(
                        it ->
                            it instanceof Json.Str(var text)
                                ? Optional.of(text).stream()
                                : Optional.<String>empty().stream())
                    .toList()));
      }
    }
    return channels;
  }

  private static Look<Doctor.MailAccount> mail(SesV2Client ses) {
    var account = ses.getAccount(it -> {});
    var verified =
        ses.listEmailIdentitiesPaginator(it -> {}).stream()
            .flatMap(page -> page.emailIdentities().stream())
            .filter(identity -> identity.sendingEnabled())
            .count();
    return new Look.Found<>(
        new Doctor.MailAccount(
            account.productionAccessEnabled(), account.sendingEnabled(), (int) verified));
  }
}
