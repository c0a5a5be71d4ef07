/** Email through Mailjet. */
package dev.carillon.provider.mailjet;
