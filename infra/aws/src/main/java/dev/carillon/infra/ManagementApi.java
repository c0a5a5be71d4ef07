package dev.carillon.infra;

import software.amazon.awscdk.services.apigatewayv2.HttpMethod;

/** The routes of the management API; a test ties them to what its function declares. */
final class ManagementApi {
  private static final String ROUTES =
      """
      GET /v1/whoami
      GET /v1/environments
      GET /v1/environments/{slug}
      GET /v1/channels
      GET /v1/channels/{key}
      GET /v1/workflows
      GET /v1/workflows/{key}
      PUT /v1/workflows/{key}
      PUT /v1/workflows/{key}/validate
      GET /v1/email_layouts
      GET /v1/email_layouts/{key}
      PUT /v1/email_layouts/{key}
      PUT /v1/email_layouts/{key}/validate
      GET /v1/partials
      GET /v1/partials/{key}
      PUT /v1/partials/{key}
      PUT /v1/partials/{key}/validate
      GET /v1/message_types
      GET /v1/message_types/{key}
      PUT /v1/message_types/{key}
      PUT /v1/message_types/{key}/validate
      GET /v1/audiences
      GET /v1/audiences/{key}
      PUT /v1/audiences/{key}
      PUT /v1/audiences/{key}/validate
      PUT /v1/workflows/{key}/activate
      PUT /v1/workflows/{key}/run
      GET /v1/commits
      PUT /v1/commits
      PUT /v1/commits/promote
      GET /v1/commits/{id}
      PUT /v1/commits/{id}/promote
      PUT /v1/commits/{id}/revert
      GET /v1/commits/{id}/diff
      GET /v1/changes
      GET /v1/variables/{key}
      GET /v1/goals
      GET /v1/sources/{key}/status
      GET /v1/sources
      POST /v1/email_layouts/preview
      DELETE /v1/goals/{goal_key}
      GET /v1/goals/{goal_key}
      PUT /v1/goals/{goal_key}
      GET /v1/assets
      GET /v1/broadcasts/{broadcast_key}
      PUT /v1/broadcasts/{broadcast_key}
      POST /v1/templates/preview
      PUT /v1/guides/{guide_key}/activate
      GET /v1/guides
      GET /v1/translations
      GET /v1/translations/{locale_code}
      PUT /v1/translations/{locale_code}
      PUT /v1/goals/{goal_key}/validate
      DELETE /v1/tags/{name}
      PUT /v1/tags/{name}
      POST /v1/sources/{key}/rehearse
      GET /v1/schemas
      GET /v1/channel_groups
      GET /v1/variables
      DELETE /v1/guides/{guide_key}
      GET /v1/guides/{guide_key}
      PUT /v1/guides/{guide_key}
      GET /v1/sources/{key}
      PUT /v1/sources/{key}
      DELETE /v1/members/{id}
      GET /v1/members/{id}
      DELETE /v1/audiences/{audience_key}
      GET /v1/preference_center
      PUT /v1/preference_center
      GET /v1/schemas/{item_type}
      PUT /v1/schemas/{item_type}
      PUT /v1/broadcasts/{broadcast_key}/cancel
      GET /v1/branches
      GET /v1/preference_categories
      POST /v1/partials/preview
      GET /v1/members
      POST /v1/workflows/{workflow_key}/steps/{step_ref}/preview_template
      PUT /v1/translations/{locale_code}/validate
      DELETE /v1/preference_categories/{name}
      PUT /v1/preference_categories/{name}
      PUT /v1/branches/{branch_slug}/rebase
      GET /v1/broadcasts
      PUT /v1/guides/{guide_key}/validate
      PUT /v1/broadcasts/{broadcast_key}/send
      PUT /v1/broadcasts/{broadcast_key}/validate
      PUT /v1/schemas/{item_type}/validate
      DELETE /v1/channel_groups/{channel_group_key}
      GET /v1/channel_groups/{channel_group_key}
      PUT /v1/channel_groups/{channel_group_key}
      GET /v1/sources/{key}/events
      GET /v1/source_providers
      GET /v1/tags
      PUT /v1/preference_center/reset
      POST /v1/api_keys/exchange
      POST /v1/goals/{goal_key}/clone
      GET /v1/source_providers/{key}
      DELETE /v1/branches/{branch_slug}
      GET /v1/branches/{branch_slug}
      POST /v1/branches/{branch_slug}
      GET /v1/sources/{key}/logs
      """;

  private ManagementApi() {}

  static HttpFunction answeredBy(HttpFunction management) {
    ROUTES
        .lines()
        .map(route -> route.split(" ", 2))
        .forEach(route -> management.answers(HttpMethod.valueOf(route[0]), route[1]));
    return management;
  }
}
