package dev.carillon.edge;

import java.util.List;

/**
 * Everything that a client can be told went wrong. Codes are part of the interface: they are never
 * renamed and never reused.
 */
public enum ErrorCode {
  INVALID_JSON("invalid_json", 400, Type.REQUEST, "The body is not valid JSON."),
  IDEMPOTENCY_MISMATCH(
      "idempotency_mismatch",
      400,
      Type.REQUEST,
      "This Idempotency-Key was used with different parameters."),
  API_KEY_MISSING(
      "api_key_missing",
      401,
      Type.AUTHENTICATION,
      "There is no API key. Send it as Authorization: Bearer <key>."),
  AUTHENTICATION_REQUIRED(
      "authentication_required",
      401,
      Type.AUTHENTICATION,
      "The API key is not valid, or it was revoked."),
  INCORRECT_TOKEN_TYPE(
      "incorrect_token_type",
      403,
      Type.AUTHENTICATION,
      "This kind of credential cannot do this: servers use a secret key, the management API a"
          + " service token."),
  INSUFFICIENT_SCOPE(
      "insufficient_scope", 403, Type.AUTHENTICATION, "The service token does not allow this."),
  NOT_ALLOWED("not_allowed", 403, Type.REQUEST, "You may not do this."),
  MISSING_USER_TOKEN(
      "missing_user_token",
      403,
      Type.AUTHENTICATION,
      "A public API key cannot do this without a user token."),
  MISSING_JWT_SIGNING_KEY(
      "missing_jwt_signing_key",
      403,
      Type.AUTHENTICATION,
      "This environment has no signing key, so no user token can be checked."),
  INVALID_USER_TOKEN(
      "invalid_user_token",
      401,
      Type.AUTHENTICATION,
      "The user token is not valid, or it is not valid now."),
  SIGNATURE_INVALID(
      "signature_invalid",
      401,
      Type.AUTHENTICATION,
      "The source wants what it is sent to be signed, and this is not, or not by its secret."),
  NOT_AUTHORIZED("authorization", 403, Type.AUTHENTICATION, "The user token does not allow this."),
  ROUTE_MISSING("route_missing", 404, Type.REQUEST, "There is nothing at this method and path."),
  RESOURCE_MISSING("resource_missing", 404, Type.API, "The resource you requested does not exist."),
  ENVIRONMENT_MISSING(
      "environment_missing", 404, Type.REQUEST, "There is no environment with this slug."),
  BRANCH_MISSING("branch_not_found", 404, Type.REQUEST, "There is no branch with this slug."),
  WORKFLOW_MISSING("workflow_missing", 404, Type.REQUEST, "There is no workflow with this key."),
  NOT_WAITING(
      "not_waiting",
      409,
      Type.REQUEST,
      "It does not wait any more, or it waits for something else by now."),
  COMMIT_UNFINISHED(
      "commit_unfinished",
      409,
      Type.REQUEST,
      "1,000 contents serve now, the most of one call. Call again, and it goes on with the rest."),
  CONTENT_CHANGED(
      "content_changed",
      409,
      Type.REQUEST,
      "Somebody else changed or committed it meanwhile; nothing was done."),
  ARCHIVED("archived", 409, Type.REQUEST, "It is archived, for good."),
  BROADCAST_NOT_DRAFT(
      "broadcast_not_draft",
      409,
      Type.REQUEST,
      "It is scheduled, on its way or sent; only a draft can be changed or sent."),
  BODY_TOO_LARGE(
      "body_too_large", 413, Type.REQUEST, "The body is larger than 4 MB (4,194,304 bytes)."),
  INVALID_PARAMS(
      "invalid_params", 422, Type.REQUEST, "One or more parameters supplied were invalid."),
  ACTOR_MISSING("actor_missing", 422, Type.REQUEST, "There is no actor with this id."),
  CHANNEL_INVALID(
      "channel_invalid",
      422,
      Type.REQUEST,
      "There is no such channel, or it is of a type that cannot do this."),
  WORKFLOW_INACTIVE("workflow_inactive", 422, Type.REQUEST, "This workflow is not active."),
  RATE_LIMITED("rate_limited", 429, Type.API, "Too many requests; try again in a moment."),
  NOT_BUILT(
      "not_built", 501, Type.API, "This operation of Knock's management API is not there yet."),
  INTERNAL_ERROR(
      "internal_error",
      500,
      Type.API,
      "Something went wrong on our side; the request can be retried."),
  PROVIDER_FAILED(
      "provider_failed",
      502,
      Type.API,
      "The provider did not answer, or not as it should; the request can be retried."),
  OVERLOADED(
      "overloaded",
      503,
      Type.API,
      "Too much is asked of this deployment just now; try again in a moment.");

  private static final class Type {
    static final String REQUEST = "invalid_request_error";
    static final String AUTHENTICATION = "authentication_error";
    static final String API = "api_error";
  }

  private final String code;
  private final int status;
  private final String type;
  private final String sentence;

  ErrorCode(String code, int status, String type, String sentence) {
    this.code = code;
    this.status = status;
    this.type = type;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  String type() {
    return type;
  }

  String sentence() {
    return sentence;
  }

  /** To be thrown: this problem, of no field in particular. */
  public ApiException refused() {
    return new ApiException(this, List.of());
  }

  /** To be thrown: this problem, in other words, which clients know it by. */
  public ApiException saying(String sentence) {
    return new ApiException(this, sentence, List.of());
  }

  /** To be thrown: this problem, because of one field. */
  public ApiException at(String field, String sentence) {
    return new ApiException(this, List.of(new ApiException.Field(field, sentence)));
  }
}
