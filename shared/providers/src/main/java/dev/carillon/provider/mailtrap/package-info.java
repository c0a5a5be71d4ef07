/** Email through Mailtrap. */
package dev.carillon.provider.mailtrap;
