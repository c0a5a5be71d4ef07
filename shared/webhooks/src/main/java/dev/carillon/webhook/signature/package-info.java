/** The secrets of endpoints, and what is signed with them. */
package dev.carillon.webhook.signature;
