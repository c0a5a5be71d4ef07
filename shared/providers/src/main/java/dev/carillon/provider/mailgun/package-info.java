/** Email through Mailgun. */
package dev.carillon.provider.mailgun;
