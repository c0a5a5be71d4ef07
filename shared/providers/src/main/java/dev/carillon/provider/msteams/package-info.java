/** Microsoft Teams. */
package dev.carillon.provider.msteams;
