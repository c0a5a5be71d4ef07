package dev.carillon.provider.msteams;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which of Microsoft's clouds the tenants are in.
 *
 * <p>Sources:
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages,
 * https://learn.microsoft.com/en-us/azure/bot-service/how-to-deploy-gov-cloud-high
 */
enum TeamsCloud {
  PUBLIC(
      "public",
      "https://smba.trafficmanager.net/teams",
      "https://login.microsoftonline.com/",
      "botframework.com",
      "https://api.botframework.com/.default",
      "https://graph.microsoft.com"),
  GCC(
      "gcc",
      "https://smba.infra.gcc.teams.microsoft.com/teams",
      "https://login.microsoftonline.com/",
      "botframework.com",
      "https://api.botframework.com/.default",
      "https://graph.microsoft.com"),
  GCC_HIGH(
      "gcc_high",
      "https://smba.infra.gov.teams.microsoft.us/teams",
      "https://login.microsoftonline.us/",
      "MicrosoftServices.onmicrosoft.us",
      "https://api.botframework.us/.default",
      "https://graph.microsoft.us"),
  DOD(
      "dod",
      "https://smba.infra.dod.teams.microsoft.us/teams",
      "https://login.microsoftonline.us/",
      "MicrosoftServices.onmicrosoft.us",
      "https://api.botframework.us/.default",
      "https://dod-graph.microsoft.us");

  private final String setting;
  private final String service;
  private final String login;
  private final String anyTenant;
  private final String scope;
  private final String graph;

  TeamsCloud(
      String setting, String service, String login, String anyTenant, String scope, String graph) {
    this.setting = setting;
    this.service = service;
    this.login = login;
    this.anyTenant = anyTenant;
    this.scope = scope;
    this.graph = graph;
  }

  String setting() {
    return setting;
  }

  /** What paths of the connector are appended to. */
  String service() {
    return service;
  }

  /**
   * Where a bot gets its tokens.
   *
   * @param tenant the bot's own, when it serves no other
   */
  String tokenUrl(Optional<String> tenant) {
    return login + tenant.orElse(anyTenant) + "/oauth2/v2.0/token";
  }

  String scope() {
    return scope;
  }

  /** Where Microsoft Graph is. */
  String graph() {
    return graph;
  }

  static Optional<TeamsCloud> named(String setting) {
    return Arrays.stream(values()).filter(cloud -> cloud.setting.equals(setting)).findFirst();
  }
}
