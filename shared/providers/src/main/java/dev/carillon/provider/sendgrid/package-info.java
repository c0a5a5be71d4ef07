/** Email through Twilio SendGrid. */
package dev.carillon.provider.sendgrid;
