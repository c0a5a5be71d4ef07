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
          new DeadLetters(sqs, name + "-").list(),
          table(dynamo, name, local),
          local || configurationSet(ses, name),
          operator(lambda, name),
          local ? Optional.empty() : Optional.of(mail(ses)));
    }
  }

  private static Optional<Doctor.Table> table(DynamoDbClient dynamo, String name, boolean local) {
    try {
      var table = dynamo.describeTable(it -> it.tableName(name)).table();
      return Optional.of(
          new Doctor.Table(
              table.tableStatus() == TableStatus.ACTIVE,
              local || restorable(dynamo, name),
              local || Boolean.TRUE.equals(table.deletionProtectionEnabled())));
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
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

  private static boolean configurationSet(SesV2Client ses, String name) {
    try {
      ses.getConfigurationSet(it -> it.configurationSetName(name));
      return true;
    } catch (NotFoundException _) {
      return false;
    }
  }

  private static Optional<List<Doctor.EnvironmentFacts>> operator(
      LambdaClient lambda, String name) {
    try {
      var answer =
          lambda.invoke(
              it ->
                  it.functionName(name + "-operator")
                      .qualifier("live")
                      .payload(SdkBytes.fromUtf8String("{\"action\": \"inventory\"}")));
      if (answer.functionError() == null
          && JsonText.parse(answer.payload().asByteArray()) instanceof Json.Obj inventory) {
        return Optional.of(environments(inventory));
      }
      throw new IllegalStateException(
          "The operator function failed: " + answer.payload().asUtf8String());
    } catch (software.amazon.awssdk.services.lambda.model.ResourceNotFoundException _) {
      return Optional.empty();
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

  private static Doctor.MailAccount mail(SesV2Client ses) {
    var account = ses.getAccount(it -> {});
    var verified =
        ses.listEmailIdentitiesPaginator(it -> {}).stream()
            .flatMap(page -> page.emailIdentities().stream())
            .filter(identity -> identity.sendingEnabled())
            .count();
    return new Doctor.MailAccount(
        account.productionAccessEnabled(), account.sendingEnabled(), (int) verified);
  }
}
