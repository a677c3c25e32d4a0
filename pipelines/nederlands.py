"""Click in Dutch: its help page and its error messages, for readers who should not have to read English."""

from __future__ import annotations

import click


class Command(click.Command):
    """A command whose help is in Dutch."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option --help with a Dutch explanation."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Toon deze uitleg."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 'Gebruik: monitor ...'."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        pieces = pieces.replace("[OPTIONS]", "[OPTIES]").replace("COMMAND [ARGS]...", "OPDRACHT ...")
        formatter.write_usage(ctx.command_path, pieces, prefix="Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options under 'Opties'."""
        rows = [
            row
            for p in self.get_params(ctx)
            if isinstance(p, click.Option) and (row := p.get_help_record(ctx)) is not None
        ]
        if rows:
            with formatter.section("Opties"):
                formatter.write_dl([(name, text.replace("[default: ", "[anders: ")) for name, text in rows])


class Group(Command, click.Group):
    """A group of commands whose help is in Dutch, and whose commands are too."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands under 'Opdrachten'."""
        Command.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=90)) for name in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which they are used, not of the alphabet."""
        return list(self.commands)


def explain(error: click.ClickException) -> str:
    """Say in Dutch what was wrong with the call, and where to look."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message()
        case click.NoSuchOption():
            known = f" Bedoelde u {' of '.join(error.possibilities)}?" if error.possibilities else ""
            text = f"onbekende optie {error.option_name}.{known}"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else "een waarde"
            text = f"er ontbreekt {name}."
        case click.BadParameter():
            name = error.param.opts[0] if error.param else "een waarde"
            value = error.message.split("'")[1] if "'" in error.message else ""
            whole = "valid integer" in error.message
            text = f"{name} {value}: {'geef een heel getal' if whole else 'deze waarde kan niet'}."
        case click.BadOptionUsage():
            text = f"de optie {error.option_name} vraagt een waarde."
        case click.UsageError() if "No such command" in error.message:
            text = f"onbekende opdracht: {error.message.split(chr(39))[1]}."
        case click.UsageError() if "unexpected extra argument" in error.message:
            text = "er staat te veel op de regel: " + error.message.split("(")[-1].rstrip(").") + "."
        case click.UsageError() if "Missing command" in error.message:
            text = "er ontbreekt een opdracht."
        case _:
            text = error.format_message()
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "monitor"
    return f"Fout: {text}\nUitleg: {path} --help"
